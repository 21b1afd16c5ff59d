#!/bin/sh
# Updates a realm that was imported earlier to what sas-realm.json says about the national id, forgotten passwords, and the way
# back to the hub after a first password. As an administrator of Keycloak, whose password it asks for:
#   KEYCLOAK=https://<Keycloak> ADMIN=<name> ./renew-realm.sh [realm]     # or TOKEN=… instead of ADMIN
# Requires curl and jq. Safe to repeat: anything with the same name is replaced.
set -eu
realm=${1:-sas}
file=$(dirname "$0")/sas-realm.json
: "${KEYCLOAK:?its address, such as https://auth.sas.example}"
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT

shipped() { jq -c "$@" "$file"; }
encoded() { jq -rn --arg text "$1" '$text | @uri'; }
json() { jq -cn "$@"; }

# No secret on a command line, where other users of the machine could read it.
if [ -z "${TOKEN:-}" ]; then
    printf 'Password of %s: ' "${ADMIN:?who administers Keycloak}" >&2
    trap 'stty echo; rm -rf "$here"' EXIT
    stty -echo && read -r password && stty echo && echo >&2
    TOKEN=$(printf %s "$password" | curl -fsS "$KEYCLOAK/realms/master/protocol/openid-connect/token" \
        -d grant_type=password -d client_id=admin-cli --data-urlencode "username=$ADMIN" --data-urlencode password@- | jq -r .access_token)
fi
(umask 077 && printf 'header = "Authorization: Bearer %s"\n' "$TOKEN" > "$here/token")

# prints the answer; an error ends the script and is reported
call() { # method, address below the realm, body of POST and PUT
    body=${3:-}
    status=$(printf %s "$body" | curl -sS -K "$here/token" -o "$here/answer" -w '%{http_code}' -X "$1" "$KEYCLOAK/admin/realms/$realm$2" \
        ${body:+-H 'Content-Type: application/json' --data-binary @-})
    case $status in
    2??) cat "$here/answer" ;;
    *) echo "$1 $2: $status $(cat "$here/answer")" >&2 && return 1 ;;
    esac
    : > "$here/answer"
}

# 1. user attributes: no national id any more, but whether they signed in with Pro Santé Connect
call PUT /users/profile "$(shipped '.components["org.keycloak.userprofile.UserProfileProvider"][0].config["kc.user.profile.config"][0] | fromjson')" > "$here/profile"

# 2. mappers of Pro Santé Connect and of the hub's client, by name; the client's redirect addresses
replace() { # address, the shipped ones as lines
    call GET "$1" > "$here/there"
    while read -r mapper; do
        printf %s "$mapper" > "$here/mapper"
        jq -r --slurpfile new "$here/mapper" '.[] | select(.name == $new[0].name) | .id' "$here/there" > "$here/ids"
        while read -r id; do call DELETE "$1/$id"; done < "$here/ids"
        call POST "$1" "$mapper"
    done
}
shipped '.identityProviderMappers[]' > "$here/mappers"
replace /identity-provider/instances/psc/mappers < "$here/mappers"
call GET '/clients?clientId=sas-hub' > "$here/clients"
client=$(jq -r '.[0].id' "$here/clients")
shipped '.clients[] | select(.clientId == "sas-hub") | .protocolMappers[]' > "$here/mappers"
replace "/clients/$client/protocol-mappers/models" < "$here/mappers"
call PUT "/clients/$client" "$(jq -c '.[0] | {clientId, webOrigins, redirectUris: (.redirectUris + [.rootUrl + "/connexion/aller"] | unique)}' "$here/clients")"

# 3. the forgotten-password flow, with its sub-flows
top='mot de passe oublié'
fill() { # alias of a flow that is there and empty
    shipped --arg flow "$1" '.authenticationFlows[] | select(.alias == $flow) | .authenticationExecutions | sort_by(.priority)[]' |
        while read -r step; do
            sub=$(printf %s "$step" | jq -r '.flowAlias // empty')
            into=/authentication/flows/$(encoded "$1")/executions
            if [ -n "$sub" ]; then
                call POST "$into/flow" "$(shipped --arg flow "$sub" '.authenticationFlows[] | select(.alias == $flow)
                    | {alias, description, type: .providerId, provider: "registration-page-form"}')"
            else
                call POST "$into/execution" "$(printf %s "$step" | jq -c '{provider: .authenticator}')"
            fi
            call GET "$into" > "$here/executions"
            made=$(jq -c 'map(select(.level == 0)) | last' "$here/executions")
            call PUT "$into" "$(printf %s "$made" | jq -c --argjson step "$step" '.requirement = $step.requirement | .priority = $step.priority')"
            settings=$(printf %s "$step" | jq -r '.authenticatorConfig // empty')
            if [ -n "$settings" ]; then
                call POST "/authentication/executions/$(printf %s "$made" | jq -r .id)/config" \
                    "$(shipped --arg alias "$settings" '.authenticatorConfig[] | select(.alias == $alias)')"
            fi
            if [ -n "$sub" ]; then fill "$sub"; fi
        done
}
call PUT '' '{"resetCredentialsFlow": "reset credentials"}'
call GET /authentication/flows > "$here/flows"
jq -r --arg top "$top" '.[] | select(.alias == $top) | .id' "$here/flows" > "$here/ids"
while read -r id; do call DELETE "/authentication/flows/$id"; done < "$here/ids"
call POST /authentication/flows "$(shipped --arg flow "$top" '.authenticationFlows[] | select(.alias == $flow) | {alias, description, providerId, topLevel, builtIn}')"
fill "$top"
call PUT '' "$(json --arg top "$top" '{resetCredentialsFlow: $top}')"
