"""Files beside a record (附件): checked by what they really are, kept outside the web root, never changed.

For: pictures and documents of problems and assignments, thumbnails, who added and who took away.
Not for: who may see them (the room of the record says so); a picture is never required.
"""

from gongjian.lazy_modules import on_first_use

__getattr__ = on_first_use(__name__, "pictures")
