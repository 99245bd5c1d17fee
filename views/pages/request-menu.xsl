<?xml version="1.0" encoding="UTF-8"?>
<!--
  request-menu: 各種依頼: what can be asked for, each with a line on what it does, its fee and its deadline.

  <request-menu list="/requests?status=pending">
    <kind code="suspend" text="一時停止" about="…" fee="…" deadline="…"/>…
    <drafts days="7" lead="1"><draft kind="一時停止" number="TC…" lines="3" touched="2026/12/01 09:12" age="2時間前" href="/drafts/5" delete="/drafts/5/delete"/>…</drafts>
      what was begun and not sent; number: of the request that it changes; lead: it has
      just been changed, and stands first
  </request-menu>
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:simportal:message"
    exclude-result-prefixes="m">

  <xsl:template name="page.request-menu">
    <xsl:apply-templates select="drafts[@lead]" mode="request-menu"/>
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
    <xsl:apply-templates select="drafts[not(@lead)]" mode="request-menu"/>
  </xsl:template>

  <xsl:template match="drafts" mode="request-menu">
    <section class="drafts" id="drafts">
      <h2><m:text key="draft.list"/></h2>
      <p class="hint"><m:text key="draft.list-help"><m:arg name="days" select="@days"/></m:text></p>
      <xsl:if test="not(draft)"><p class="empty"><m:text key="draft.list-none"/></p></xsl:if>
      <xsl:if test="draft">
        <div class="scroll" tabindex="0" role="region" m:aria-label="draft.list">
          <table class="requests">
            <thead>
              <tr>
                <th scope="col"><m:text key="field.request-kind"/></th><th scope="col"><m:text key="draft.actions"/></th>
                <th scope="col"><m:text key="request.items"/></th><th scope="col"><m:text key="draft.touched"/></th>
              </tr>
            </thead>
            <tbody>
              <xsl:for-each select="draft">
                <tr>
                  <th scope="row"><xsl:value-of select="@kind"/><xsl:if test="@number"><small><m:text key="draft.of"><m:arg name="number" select="@number"/></m:text></small></xsl:if></th>
                  <td>
                    <form class="row" method="post" action="{@delete}">
                      <xsl:call-template name="csrf"/>
                      <a class="button" href="{@href}">
                        <m:attribute name="aria-label" key="draft.open-what"><m:arg name="kind" select="@kind"/><m:arg name="lines" select="@lines"/></m:attribute>
                        <m:text key="draft.open"/>
                      </a>
                      <button>
                        <m:attribute name="aria-label" key="draft.delete-what"><m:arg name="kind" select="@kind"/><m:arg name="lines" select="@lines"/></m:attribute>
                        <m:text key="draft.delete"/>
                      </button>
                    </form>
                  </td>
                  <td><xsl:value-of select="@lines"/></td>
                  <td><xsl:value-of select="@touched"/><small><xsl:value-of select="@age"/></small></td>
                </tr>
              </xsl:for-each>
            </tbody>
          </table>
        </div>
      </xsl:if>
    </section>
  </xsl:template>

</xsl:stylesheet>
