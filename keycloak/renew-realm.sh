#!/bin/sh
# Updates a realm that was imported earlier to what sas-realm.json says about the national id and forgotten passwords.
# Once, as an administrator: kcadm.sh config credentials --server https://<Keycloak> --realm master --user …
# then KCADM=…/kcadm.sh ./renew-realm.sh [realm]. Requires jq. Safe to repeat: anything with the same name is replaced.
set -eu
KCADM=${KCADM:-kcadm.sh}
realm=${1:-sas}
file=$(dirname "$0")/sas-realm.json
shipped() { jq -c "$@" "$file"; }
there() { "$KCADM" get "$1" -r "$realm"; }
encoded() { jq -rn --arg text "$1" '$text | @uri'; }

# 1. user attributes: no national id any more, but whether they signed in with Pro Santé Connect
shipped '.components["org.keycloak.userprofile.UserProfileProvider"][0].config["kc.user.profile.config"][0] | fromjson' |
    "$KCADM" update users/profile -r "$realm" -f -

# 2. mappers of Pro Santé Connect and of the hub's client, by name
replace() { # address, the shipped ones as lines
    while read -r mapper; do
        name=$(echo "$mapper" | jq .name)
        there "$1" | jq -r ".[] | select(.name == $name) | .id" | while read -r id; do "$KCADM" delete "$1/$id" -r "$realm"; done
        echo "$mapper" | "$KCADM" create "$1" -r "$realm" -f -
    done
}
shipped '.identityProviderMappers[]' | replace identity-provider/instances/psc/mappers
client=$(there 'clients?clientId=sas-hub' | jq -r '.[0].id')
shipped '.clients[] | select(.clientId == "sas-hub") | .protocolMappers[]' | replace "clients/$client/protocol-mappers/models"

# 3. the forgotten-password flow, with its sub-flows
top='mot de passe oublié'
fill() { # alias of a flow that is there and empty
    shipped --arg flow "$1" '.authenticationFlows[] | select(.alias == $flow) | .authenticationExecutions | sort_by(.priority)[]' |
        while read -r step; do
            sub=$(echo "$step" | jq -r '.flowAlias // empty')
            into=authentication/flows/$(encoded "$1")/executions
            if [ -n "$sub" ]; then
                "$KCADM" create "$into/flow" -r "$realm" -s "alias=$sub" -s type=basic-flow -s provider=registration-page-form
            else
                "$KCADM" create "$into/execution" -r "$realm" -s "provider=$(echo "$step" | jq -r .authenticator)"
            fi
            made=$(there "$into" | jq -c 'map(select(.level == 0)) | last')
            echo "$made" | jq -c --argjson step "$step" '.requirement = $step.requirement' |
                "$KCADM" update "$into" -r "$realm" -f -
            settings=$(echo "$step" | jq -r '.authenticatorConfig // empty')
            if [ -n "$settings" ]; then
                shipped --arg alias "$settings" '.authenticatorConfig[] | select(.alias == $alias)' |
                    "$KCADM" create "authentication/executions/$(echo "$made" | jq -r .id)/config" -r "$realm" -f -
            fi
            if [ -n "$sub" ]; then fill "$sub"; fi
        done
}
"$KCADM" update "realms/$realm" -s 'resetCredentialsFlow=reset credentials'
there authentication/flows | jq -r --arg top "$top" '.[] | select(.alias == $top) | .id' |
    while read -r id; do "$KCADM" delete "authentication/flows/$id" -r "$realm"; done
"$KCADM" create authentication/flows -r "$realm" -s "alias=$top" -s providerId=basic-flow -s topLevel=true -s builtIn=false
fill "$top"
"$KCADM" update "realms/$realm" -s "resetCredentialsFlow=$top"
