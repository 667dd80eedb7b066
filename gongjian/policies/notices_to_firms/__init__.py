"""What a policy sends out (政策送达): notices to firms, requests for missing data."""
