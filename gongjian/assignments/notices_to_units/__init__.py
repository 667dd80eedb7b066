"""What a unit is told of a matter (通知承办单位)."""
