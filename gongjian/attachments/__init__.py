"""Files attached to a record (附件): checked by their content, kept outside the web root, never changed.

Not for: who may see them (the room of the record says so); a picture is never required.
"""
