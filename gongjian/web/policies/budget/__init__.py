"""What a version would cost."""
