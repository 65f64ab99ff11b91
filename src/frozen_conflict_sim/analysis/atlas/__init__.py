"""Maps of a contrast over the plane of two parameters: where it is zero, how sure that is, and when it turns."""
