"""Taking a notice back (撤回通知)."""
