"""The editor of a rule: fields beside the YAML."""
