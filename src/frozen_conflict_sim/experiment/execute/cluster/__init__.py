"""Tasks on a Dask cluster. Dask schedules; this adds a check of code versions, and one process that keeps the results."""
