-- The yardstick: a ready array of the size of an answer. Each request also builds a search as search.lua does, and throws it away,
-- so that the client, which shares the cores, costs the same on both sides.
dofile("bench/search.lua")
local search, seedSearches = request, init
local ready
wrk.headers["Authorization"] = "Bearer bench-ops"
function init()
  seedSearches()
  ready = wrk.format("GET")
end
function request()
  search()
  return ready
end
