"""Treaties: asks, bargaining, signatures, and how they are carried out, lapse and end."""
