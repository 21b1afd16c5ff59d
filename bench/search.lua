-- Searches of 25 practitioners, fresh and random each time. Settings come from the environment of bench/run.
local practitioners = tonumber(os.getenv("PRACTITIONERS"))
local first = tonumber(os.getenv("FIRST") or "0")
local from, to = os.getenv("FROM"), os.getenv("TO")
local head = "/fhir/Slot?_include=Slot:schedule&_include:iterate=Schedule:actor&start=ge" .. from .. "&start=le" .. to
  .. "&status=free&schedule.actor:Practitioner.identifier="

wrk.headers["Authorization"] = "Bearer bench-search"
if os.getenv("GZIP") == "yes" then wrk.headers["Accept-Encoding"] = "gzip" end

local thread = 0
function setup(t) thread = thread + 1; t:set("seed", thread) end
function init() math.randomseed(seed * 7919 + tonumber(os.getenv("SEED") or "0")) end

function request()
  local ids = {}
  for i = 1, 25 do
    ids[i] = string.format("urn:oid:1.2.250.1.71.4.2.1%%7C81%010d", first + math.random(0, practitioners - 1))
  end
  return wrk.format("GET", head .. table.concat(ids, ","))
end
