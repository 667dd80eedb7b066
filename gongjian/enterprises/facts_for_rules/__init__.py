"""What is known of firms in the words of the rules (政策口径)."""
