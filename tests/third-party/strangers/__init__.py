"""Programs for AWS that others wrote, at work on the practice account."""
