<#import "field.ftl" as field>
<#-- Keycloak's own, below what the guides have on the page of a new password -->
<#macro logoutOtherSessions>
    <p class="sas-note">${msg("passwordOfAddress")} <strong>${username!''}</strong></p>
    <#if (client.attributes.tosUri)??>
    <p class="sas-note">${kcSanitize(msg("passwordBeforeTerms", client.attributes.tosUri))?no_esc}</p>
    </#if>
    <div id="kc-form-options" class="${properties.kcFormOptionsClass!}">
        <div class="${properties.kcFormOptionsWrapperClass!}"> 
            <@field.checkbox name="logout-sessions" label=msg("logoutOtherSessions") value=false />
        </div>
    </div>
</#macro>
