"""Editing a record that others edit too (同时修改): versions of fields, both texts side by side, who else is here."""
