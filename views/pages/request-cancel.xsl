<?xml version="1.0" encoding="UTF-8"?>
<!--
  request-cancel: 依頼取消: what is about to be cancelled, and the button.

  <request-cancel number="…" kind="一時停止" items="3" back="/requests/…" action="/requests/…/cancel" possible="1">
    <facts><fact label="…" value="…"/>…</facts>
  </request-cancel>
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:simportal:message"
    exclude-result-prefixes="m">

  <xsl:template name="page.request-cancel">
    <section class="card">
      <h2><xsl:value-of select="@number"/></h2>
      <p><m:text key="request.cancel-what"><m:arg name="kind" select="@kind"/><m:arg name="items" select="@items"/></m:text></p>
      <xsl:apply-templates select="facts" mode="request"/>
      <form method="post" action="{@action}">
        <xsl:call-template name="csrf"/>
        <p class="buttons">
          <xsl:if test="@possible"><button class="danger"><m:text key="request.cancel-sure"/></button></xsl:if>
          <a class="button" href="{@back}"><m:text key="form.back"/></a>
        </p>
        <xsl:if test="not(@possible)"><p class="hint"><m:text key="request.cancel-late"/></p></xsl:if>
      </form>
    </section>
  </xsl:template>

</xsl:stylesheet>
