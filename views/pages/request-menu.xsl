<?xml version="1.0" encoding="UTF-8"?>
<!--
  request-menu: 各種依頼: what can be asked for, each with a line on what it does, its fee and its deadline.

  <request-menu list="/requests?status=pending">
    <kind code="suspend" text="一時停止" about="…" fee="…" deadline="…"/>…
  </request-menu>
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:simportal:message"
    exclude-result-prefixes="m">

  <xsl:template name="page.request-menu">
    <form class="kinds" method="post" action="/drafts">
      <xsl:call-template name="csrf"/>
      <xsl:for-each select="kind">
        <section class="card">
          <h2><xsl:value-of select="@text"/></h2>
          <p><xsl:value-of select="@about"/></p>
          <p class="hint"><xsl:value-of select="@fee"/></p>
          <p class="hint"><xsl:value-of select="@deadline"/></p>
          <p class="buttons">
            <button name="kind" value="{@code}">
              <m:attribute name="aria-label" key="request.ask-for"><m:arg name="kind" select="@text"/></m:attribute>
              <m:text key="request.ask"/>
            </button>
          </p>
        </section>
      </xsl:for-each>
      <section class="card">
        <h2><m:text key="request.cancel-title"/></h2>
        <p><m:text key="request.cancel-about"/></p>
        <p class="buttons"><a class="button" href="{@list}"><m:text key="request.cancel-list"/></a></p>
      </section>
    </form>
  </xsl:template>

</xsl:stylesheet>
