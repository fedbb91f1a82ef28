"""What is followed up after signing: terms and facts become a schedule of entries."""
