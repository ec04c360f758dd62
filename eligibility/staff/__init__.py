"""Staff's pages that need the rules: impact, reference cases, preview."""
