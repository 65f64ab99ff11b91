"""The parent state: Tbilisi in the Georgian scenarios."""
