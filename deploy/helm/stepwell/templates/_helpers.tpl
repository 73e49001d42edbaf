{{- define "stepwell.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 56 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 56 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 56 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "stepwell.selector" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "stepwell.labels" -}}
{{ include "stepwell.selector" . }}
app.kubernetes.io/version: {{ .Values.image.tag | default .Chart.AppVersion | trunc 63 | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "stepwell.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- .Values.serviceAccount.name | default (include "stepwell.fullname" .) -}}
{{- else -}}
{{- .Values.serviceAccount.name | default "default" -}}
{{- end -}}
{{- end -}}

{{/* Whether nodes lack TLS, which is then before them, or ask nobody who he is: they refuse to listen unless that is wanted. */}}
{{- define "stepwell.lacksSafety" -}}
{{- or (eq .Values.tls.existingSecret "") (eq .Values.auth.mode "open") -}}
{{- end -}}

{{- define "stepwell.scheme" -}}
{{- if .Values.tls.existingSecret -}}https{{- else -}}http{{- end -}}
{{- end -}}

{{/* stepwell.config.yaml, without what differs between nodes and without the database's URL. */}}
{{- define "stepwell.config" -}}
{{- range $key := list "host" "port" "dataDir" "insecureListen" "store" -}}
{{- if hasKey $.Values.config $key -}}
{{- fail (printf "config.%s is set by the chart itself" $key) -}}
{{- end -}}
{{- end -}}
{{- range $key := list "cluster" "auth" "tls" "allowedHosts" -}}
{{- if hasKey $.Values.config $key -}}
{{- fail (printf "config.%s has a value of its own: say it as %s" $key $key) -}}
{{- end -}}
{{- end -}}
{{- $name := include "stepwell.fullname" . -}}
{{- $inside := list $name (printf "%s.%s" $name .Release.Namespace) (printf "%s.%s.svc" $name .Release.Namespace) (printf "%s.%s.svc.cluster.local" $name .Release.Namespace) -}}
{{- $own := dict "host" "0.0.0.0" "insecureListen" (include "stepwell.lacksSafety" . | eq "true") "port" 8083 "dataDir" "/var/lib/stepwell" "cluster" .Values.cluster "auth" .Values.auth "allowedHosts" (concat $inside .Values.allowedHosts) -}}
{{- if .Values.tls.existingSecret -}}
{{- $_ := set $own "tls" (dict "certFile" "/etc/stepwell/tls/tls.crt" "keyFile" "/etc/stepwell/tls/tls.key") -}}
{{- end -}}
{{- merge $own .Values.config | toYaml -}}
{{- end -}}
