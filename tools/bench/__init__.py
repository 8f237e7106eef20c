"""Speed as ratios: what the platform takes against what cannot be avoided, side by side in one run, in processor time."""
