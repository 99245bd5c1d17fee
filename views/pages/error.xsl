<?xml version="1.0" encoding="UTF-8"?>
<!--
  error: what went wrong and what to do, by kind. With or without a login; never anything of the failure itself.

  <error status="404" kind="not-found" request-id="…"/>
    kind: not-found draft forbidden choose csrf invalid method conflict limit busy uncertain too-large type; others: internal
    request-id: as it stands in the log; absent when it would not help the person
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:simportal:message"
    exclude-result-prefixes="m">

  <xsl:template name="page.error">
    <section class="card problem">
      <p class="status"><xsl:value-of select="@status"/></p>
      <xsl:choose>
        <xsl:when test="@kind = 'not-found'">
          <h2><m:text key="error-page.not-found.title"/></h2>
          <p><m:text key="error-page.not-found.text"/></p>
          <p><m:text key="error-page.not-found.help"/></p>
        </xsl:when>
        <xsl:when test="@kind = 'draft'">
          <h2><m:text key="error-page.draft.title"/></h2>
          <p><m:text key="error-page.draft.text"/></p>
          <p><m:text key="error-page.draft.help"/></p>
          <p class="buttons">
            <a class="button" href="/requests"><m:text key="menu.request-list"/></a>
            <a class="button" href="/requests/new"><m:text key="menu.request-menu"/></a>
          </p>
        </xsl:when>
        <xsl:when test="@kind = 'forbidden'">
          <h2><m:text key="error-page.forbidden.title"/></h2>
          <p><m:text key="error-page.forbidden.text"/></p>
          <p><m:text key="error-page.forbidden.help"/></p>
        </xsl:when>
        <xsl:when test="@kind = 'choose'">
          <h2><m:text key="error-page.choose.title"/></h2>
          <p><m:text key="request.choose-customer"/></p>
          <p><m:text key="error-page.choose.help"/></p>
          <p class="buttons"><a class="button" href="/customers"><m:text key="frame.customer-choose"/></a></p>
        </xsl:when>
        <xsl:when test="@kind = 'csrf'">
          <h2><m:text key="error-page.csrf.title"/></h2>
          <p><m:text key="error-page.csrf.text"/></p>
          <p><m:text key="error-page.csrf.help"/></p>
        </xsl:when>
        <xsl:when test="@kind = 'invalid'">
          <h2><m:text key="error-page.invalid.title"/></h2>
          <p><m:text key="error-page.invalid.text"/></p>
          <p><m:text key="error-page.invalid.help"/></p>
        </xsl:when>
        <xsl:when test="@kind = 'method'">
          <h2><m:text key="error-page.method.title"/></h2>
          <p><m:text key="error-page.method.text"/></p>
          <p><m:text key="error-page.method.help"/></p>
        </xsl:when>
        <xsl:when test="@kind = 'conflict'">
          <h2><m:text key="error-page.conflict.title"/></h2>
          <p><m:text key="error-page.conflict.text"/></p>
          <p><m:text key="error-page.conflict.help"/></p>
        </xsl:when>
        <xsl:when test="@kind = 'limit'">
          <h2><m:text key="error-page.limit.title"/></h2>
          <p><m:text key="error-page.limit.text"/></p>
          <p><m:text key="error-page.limit.help"/></p>
        </xsl:when>
        <xsl:when test="@kind = 'busy'">
          <h2><m:text key="error-page.busy.title"/></h2>
          <p><m:text key="error-page.busy.text"/></p>
          <p><m:text key="error-page.busy.help"/></p>
        </xsl:when>
        <xsl:when test="@kind = 'too-large'">
          <h2><m:text key="error-page.too-large.title"/></h2>
          <p><m:text key="error-page.too-large.text"/></p>
          <p><m:text key="error-page.too-large.help"/></p>
        </xsl:when>
        <xsl:when test="@kind = 'type'">
          <h2><m:text key="error-page.type.title"/></h2>
          <p><m:text key="error-page.type.text"/></p>
          <p><m:text key="error-page.type.help"/></p>
        </xsl:when>
        <xsl:when test="@kind = 'uncertain'">
          <h2><m:text key="error-page.uncertain.title"/></h2>
          <p><m:text key="error-page.uncertain.text"/></p>
          <p><m:text key="error-page.uncertain.help"/></p>
        </xsl:when>
        <xsl:otherwise>
          <h2><m:text key="error-page.internal.title"/></h2>
          <p><m:text key="error-page.internal.text"/></p>
          <p><m:text key="error-page.internal.help"/></p>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:if test="@request-id != ''">
        <p class="hint"><m:text key="error-page.request-id"/><code><xsl:value-of select="@request-id"/></code></p>
      </xsl:if>
      <p class="buttons"><a class="button" href="/"><m:text key="error-page.start"/></a></p>
    </section>
  </xsl:template>

</xsl:stylesheet>
