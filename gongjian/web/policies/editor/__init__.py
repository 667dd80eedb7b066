"""The rule editor: form fields beside the YAML."""
