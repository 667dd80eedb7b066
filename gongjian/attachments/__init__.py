"""Files beside a record (附件): checked by what they are, kept outside the web root, never changed.

Not for: who may see them (the room of the record says so); a picture is never required.
"""
