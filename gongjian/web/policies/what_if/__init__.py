"""What-if: a slider on a threshold, two versions side by side."""
