-- The same searches answered from HAPI objects, among those whose slots they hold.
local peers = tonumber(os.getenv("PEERS"))
wrk.headers["Authorization"] = "Bearer bench-ops"
math.randomseed(tonumber(os.getenv("SEED") or "0"))
function request()
  local ids = {}
  for i = 1, 25 do ids[i] = string.format("81%010d", math.random(0, peers - 1)) end
  return wrk.format("GET", "/api/v1/bench/peer?identifier=" .. table.concat(ids, ","))
end
