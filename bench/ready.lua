-- The yardstick: a ready array of the size of an answer.
wrk.headers["Authorization"] = "Bearer bench-ops"
if os.getenv("GZIP") == "yes" then wrk.headers["Accept-Encoding"] = "gzip" end
