<?xml version="1.0" encoding="UTF-8"?>
<!--
  request-list: 依頼一覧.

  <request-list>
    <search action="/requests" reset="/requests" open="1" customer="102">          customer: as in line-list
      <condition …/>…                                    components.xsl
    </search>
    <list total="12" first="1" last="12" page="1" pages="1" per-page="50" filtered="1" with-customer="1" none="1"
          csv="/requests.csv?…" csv-cp932="/requests.csv?…">
      <pager …/> <sizes …/>
      <request href="/requests/TC…" number="TC0000-00001-CS260001" kind="一時停止" service="…" requester="admin" items="3"
               received="2026/11/25" executed="2026/12/01" cancelled="" status="pending" status-text="未処理" customer="…"/>…
    </list>
  </request-list>
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:simportal:message"
    exclude-result-prefixes="m">

  <xsl:template name="page.request-list">
    <xsl:apply-templates select="search" mode="request-list"/>
    <xsl:for-each select="list">
      <div class="tools">
        <p class="found"><m:text key="request.found"><m:arg name="n" select="@total"/></m:text></p>
        <xsl:if test="request"><xsl:call-template name="downloads"/></xsl:if>
      </div>
      <xsl:choose>
        <xsl:when test="request"><xsl:call-template name="request-list.table"/></xsl:when>
        <xsl:when test="@none"><div class="empty"><p><m:text key="request.empty-none"/></p></div></xsl:when>
        <xsl:otherwise>
          <div class="empty">
            <p><m:text key="request.empty"/></p>
            <p><a class="button" href="/requests?status=all"><m:text key="request.show-all"/></a></p>
          </div>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="search" mode="request-list">
    <details class="search" data-fold="request-list">
      <xsl:if test="@open"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
      <summary>
        <span class="when-open"><m:text key="list.conditions-hide"/></span>
        <span class="when-closed"><m:text key="list.conditions-show"/></span>
      </summary>
      <form method="get" action="{@action}" autocomplete="off" spellcheck="false" novalidate="novalidate" m:aria-label="list.conditions">
        <div class="fields">
          <xsl:call-template name="line-list.customer"/>
          <xsl:call-template name="conditions"/>
        </div>
        <p class="buttons">
          <button class="primary"><m:text key="list.search"/></button>
          <a class="button" href="{@reset}"><m:text key="list.reset"/></a>
        </p>
      </form>
    </details>
  </xsl:template>

  <xsl:template name="request-list.table">
    <xsl:variable name="customers" select="boolean(@with-customer)"/>
    <div class="tools">
      <xsl:apply-templates select="sizes"/>
      <xsl:apply-templates select="pager"/>
      <p class="shown"><m:text key="list.shown"><m:arg name="n" select="@total"/><m:arg name="first" select="@first"/><m:arg name="last" select="@last"/></m:text></p>
    </div>
    <div class="scroll" tabindex="0" role="region" aria-label="{/page/@title}">
      <table class="requests">
        <thead>
          <tr>
            <xsl:if test="$customers"><th scope="col"><m:text key="field.customer"/></th></xsl:if>
            <th scope="col"><m:text key="field.request-number"/></th>
            <th scope="col"><m:text key="field.request-kind"/></th>
            <th scope="col"><m:text key="field.service"/></th>
            <th scope="col"><m:text key="request.items"/></th>
            <th scope="col"><m:text key="field.requester"/></th>
            <th scope="col"><m:text key="field.received"/></th>
            <th scope="col"><m:text key="field.executed"/></th>
            <th scope="col"><m:text key="field.cancelled"/></th>
            <th scope="col"><m:text key="field.request-status"/></th>
          </tr>
        </thead>
        <tbody>
          <xsl:for-each select="request">
            <tr>
              <xsl:for-each select="@customer"><td><xsl:value-of select="."/></td></xsl:for-each>
              <th><a href="{@href}"><xsl:value-of select="@number"/></a></th>
              <td><xsl:value-of select="@kind"/></td>
              <td><xsl:value-of select="@service"/></td>
              <td class="n"><xsl:value-of select="@items"/></td>
              <td><xsl:value-of select="@requester"/></td>
              <td><xsl:value-of select="@received"/></td>
              <td><xsl:value-of select="@executed"/></td>
              <td><xsl:value-of select="@cancelled"/></td>
              <td class="s {@status}"><xsl:value-of select="@status-text"/></td>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </div>
  </xsl:template>

</xsl:stylesheet>
