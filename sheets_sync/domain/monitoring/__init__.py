"""What the curator watches through the year: the pairs' work, diagnostics, satisfaction, official figures."""
