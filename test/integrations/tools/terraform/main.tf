terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region     = "us-east-1"
  access_key = "local"
  secret_key = "local"
}

variable "greeting" {
  default = "Hello"
}

resource "aws_iam_role" "machine" {
  name = "tf-machine"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = ["states.amazonaws.com", "events.amazonaws.com", "lambda.amazonaws.com"] } }]
  })
  tags = { team = "orders" }
}

resource "aws_iam_role_policy" "machine" {
  name = "call"
  role = aws_iam_role.machine.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["lambda:InvokeFunction", "states:StartExecution"], Resource = "*" }]
  })
}

resource "aws_iam_policy" "logs" {
  name = "tf-logs"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["logs:*"], Resource = "*" }]
  })
}

resource "aws_iam_role_policy_attachment" "logs" {
  role       = aws_iam_role.machine.name
  policy_arn = aws_iam_policy.logs.arn
}

resource "aws_lambda_function" "greet" {
  function_name    = "tf-greet"
  role             = aws_iam_role.machine.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = "greet.zip"
  source_code_hash = filebase64sha256("greet.zip")
  environment {
    variables = { GREETING = var.greeting }
  }
}

resource "aws_lambda_permission" "events" {
  statement_id  = "AllowEvents"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.greet.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.orders.arn
}

resource "aws_cloudwatch_log_group" "machine" {
  name              = "/aws/vendedlogs/states/tf"
  retention_in_days = 7
}

resource "aws_sfn_state_machine" "greeting" {
  name     = "tf-greeting"
  role_arn = aws_iam_role.machine.arn
  publish  = true
  definition = jsonencode({
    Comment = var.greeting
    StartAt = "Greet"
    States = {
      Greet = { Type = "Task", Resource = aws_lambda_function.greet.arn, End = true }
    }
  })
  logging_configuration {
    log_destination        = "${aws_cloudwatch_log_group.machine.arn}:*"
    include_execution_data = true
    level                  = "ALL"
  }
  tags = { team = "orders" }
}

resource "aws_sfn_alias" "live" {
  name = "live"
  routing_configuration {
    state_machine_version_arn = aws_sfn_state_machine.greeting.state_machine_version_arn
    weight                    = 100
  }
}

resource "aws_sfn_activity" "approve" {
  name = "tf-approve"
  tags = { team = "orders" }
}

resource "aws_cloudwatch_event_bus" "orders" {
  name = "tf-orders"
}

resource "aws_cloudwatch_event_rule" "orders" {
  name           = "tf-orders"
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  event_pattern  = jsonencode({ source = ["orders"] })
  tags           = { team = "orders" }
}

resource "aws_cloudwatch_event_target" "orders" {
  rule           = aws_cloudwatch_event_rule.orders.name
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  arn            = aws_sfn_state_machine.greeting.arn
  role_arn       = aws_iam_role.machine.arn
  input_transformer {
    input_paths    = { name = "$.detail.name" }
    input_template = "{\"name\": <name>}"
  }
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "tf-nightly"
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule     = aws_cloudwatch_event_rule.nightly.name
  arn      = aws_sfn_state_machine.greeting.arn
  role_arn = aws_iam_role.machine.arn
  input    = jsonencode({ name = "night" })
}

resource "aws_cloudwatch_event_archive" "orders" {
  name             = "tf-archive"
  event_source_arn = aws_cloudwatch_event_bus.orders.arn
  retention_days   = 3
}

resource "aws_scheduler_schedule_group" "mine" {
  name = "tf-group"
}

resource "aws_scheduler_schedule" "hourly" {
  name                         = "tf-hourly"
  group_name                   = aws_scheduler_schedule_group.mine.name
  schedule_expression          = "cron(0 * * * ? *)"
  schedule_expression_timezone = "Europe/Berlin"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = aws_sfn_state_machine.greeting.arn
    role_arn = aws_iam_role.machine.arn
    input    = jsonencode({ name = "hour" })
  }
}

data "aws_sfn_state_machine" "greeting" {
  name       = aws_sfn_state_machine.greeting.name
  depends_on = [aws_sfn_state_machine.greeting]
}

data "aws_sfn_activity" "approve" {
  name = aws_sfn_activity.approve.name
}

output "machine" {
  value = data.aws_sfn_state_machine.greeting.arn
}

output "alias" {
  value = aws_sfn_alias.live.arn
}

output "activity" {
  value = data.aws_sfn_activity.approve.arn
}
