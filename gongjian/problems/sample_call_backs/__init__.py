"""Call-backs on a drawn sample (抽样回访)."""
