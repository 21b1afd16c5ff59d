<#-- The way back from « Mise à jour du compte » -->
<#macro content>
    <#if pageId == "idp-review-user-profile">
        <a id="sas-back" href="${url.loginRestartFlowUrl}">${msg("back")}</a>
    </#if>
</#macro>
