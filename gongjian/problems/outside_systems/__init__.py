"""What outside systems push in and read out (推送)."""
