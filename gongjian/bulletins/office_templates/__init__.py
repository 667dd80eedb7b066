"""An office's own Word templates (本办模板) for bulletins and slips; without one the built-in layout counts."""
