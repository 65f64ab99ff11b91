"""The world of an ensemble as arrays: state, decisions, events, populations; the plain back end."""
