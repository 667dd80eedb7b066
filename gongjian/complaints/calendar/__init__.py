"""The due days of complaints, counted anew when a year's holidays are announced."""
