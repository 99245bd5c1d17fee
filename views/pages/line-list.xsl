<?xml version="1.0" encoding="UTF-8"?>
<!--
  line-list: SIM状況一覧. The row of a SIM is the hottest part of the portal: text comes ready, no choices.

  <line-list>
    <search action="/sims" open="1" reset="/sims" customer="102">
          open: the conditions are unfolded; customer: only when all customers are looked at, one of those in the frame, or ""
      <hidden name="sort" value="phone"/>…               what a new search keeps
      <condition …/>…                                    components.xsl
    </search>
    <list total="1,234" first="51" last="100" page="2" pages="25" per-page="50" filtered="1"
          csv="/sims.csv?…" csv-cp932="/sims.csv?…" as-of="11:25" stale="1" choose="/customers?back=%2Fsims">
      choose: all customers are looked at, and at one of them SIMs could be ticked
      <column key="serial" text="…" href="/sims?sort=serial" sorted="ascending|descending"/>…
          components.xsl; as many as a row has: serial phone state plan used remaining option customer
      <pager …/> <sizes …/>                              components.xsl; pager only with several pages
      <kind code="suspend" text="一時停止"/>…             what the ticked SIMs can be asked for; absent for who may not
      <line id="12" ticked="1" href="/sims/12" serial="…" phone="…" state="active" state-text="…" plan="…" usage="0.37/1.00" remaining="0.63"
            percent="63" level="low" option="…" throttled-text="…" label="…" customer="…"/>…
          id: absent without boxes; ticked: its box was ticked when a session ended; percent and level: of what remains; level, throttled-text, label, customer: absent when there is none: each
          attribute that is asked for is looked for among all
    </list>
  </line-list>
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:simportal:message"
    exclude-result-prefixes="m">

  <xsl:template name="page.line-list">
    <xsl:apply-templates select="search" mode="line-list"/>
    <xsl:for-each select="list">
      <div class="tools">
        <p class="found"><m:text key="list.found"><m:arg name="n" select="@total"/></m:text></p>
        <xsl:call-template name="as-of"/>
        <xsl:if test="line"><xsl:call-template name="downloads"/></xsl:if>
      </div>
      <xsl:choose>
        <xsl:when test="line">
          <div class="tools">
            <xsl:apply-templates select="sizes"/>
            <xsl:apply-templates select="pager"/>
            <p class="shown">
              <m:text key="list.shown">
                <m:arg name="n" select="@total"/><m:arg name="first" select="@first"/><m:arg name="last" select="@last"/>
              </m:text>
            </p>
          </div>
          <xsl:choose>
            <xsl:when test="kind">
              <form method="post" action="/drafts">
                <xsl:call-template name="csrf"/>
                <xsl:call-template name="ask"><xsl:with-param name="label" m:select="line.ask"/></xsl:call-template>
                <xsl:call-template name="line-list.table"/>
              </form>
            </xsl:when>
            <xsl:otherwise>
              <xsl:if test="@choose"><xsl:call-template name="choose-customer"/></xsl:if>
              <xsl:call-template name="line-list.table"/>
            </xsl:otherwise>
          </xsl:choose>
          <div class="tools">
            <p class="hint"><m:text key="frame.gigabyte"/></p>
            <xsl:apply-templates select="pager"><xsl:with-param name="label" m:select="list.pages-below"/></xsl:apply-templates>
          </div>
        </xsl:when>
        <xsl:when test="@filtered">
          <div class="empty">
            <p><m:text key="line.empty"/></p>
            <p><m:text key="line.empty-help"/></p>
            <p><a class="button" href="{../search/@reset}"><m:text key="list.reset"/></a></p>
          </div>
        </xsl:when>
        <xsl:otherwise><div class="empty"><p><m:text key="line.empty-none"/></p></div></xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="search" mode="line-list">
    <details class="search" data-fold="line-list">
      <xsl:if test="@open"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
      <summary>
        <span class="when-open"><m:text key="list.conditions-hide"/></span>
        <span class="when-closed"><m:text key="list.conditions-show"/></span>
      </summary>
      <form method="get" action="{@action}" autocomplete="off" spellcheck="false" novalidate="novalidate" m:aria-label="list.conditions">
        <xsl:call-template name="hiddens"/>
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

  <!-- Filled by itself when there is one customer, or the one looked at; a choice among those at the top of the page
       when all are looked at. -->
  <xsl:template name="line-list.customer">
    <xsl:variable name="chosen" select="@customer"/>
    <xsl:choose>
      <xsl:when test="@customer and /page/customers/customer">
        <div class="field">
          <label for="f-customer"><m:text key="field.customer"/></label>
          <select id="f-customer" name="customer">
            <option value=""><m:text key="form.any"/></option>
            <xsl:for-each select="/page/customers/customer[@id != '0']">
              <option value="{@id}">
                <xsl:if test="@id = $chosen"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
                <xsl:value-of select="@text"/>
              </option>
            </xsl:for-each>
          </select>
        </div>
      </xsl:when>
      <xsl:otherwise>
        <p class="filled"><span><m:text key="field.customer"/></span><xsl:value-of select="/page/customers/@current-text"/></p>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="line-list.table">
    <div class="scroll pinned" tabindex="0" role="region" aria-label="{/page/@title}">
      <table class="lines">
        <thead>
          <tr>
            <xsl:call-template name="columns"/>
          </tr>
        </thead>
        <tbody>
          <xsl:for-each select="line">
            <tr>
              <th><xsl:if test="@id"><input type="checkbox" name="line" value="{@id}" aria-label="{@phone}"><xsl:if test="@ticked"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if></input></xsl:if><a href="{@href}"><xsl:value-of select="@serial"/></a></th>
              <td><xsl:value-of select="@phone"/><xsl:for-each select="@label"><small><xsl:value-of select="."/></small></xsl:for-each></td>
              <td class="s {@state}"><xsl:value-of select="@state-text"/><xsl:for-each select="@throttled-text"><b class="s slow"><xsl:value-of select="."/></b></xsl:for-each></td>
              <td><xsl:value-of select="@plan"/></td>
              <td><xsl:value-of select="@usage"/></td>
              <td><xsl:value-of select="@remaining"/><svg width="{@percent}"><xsl:for-each select="@level"><xsl:attribute name="class"><xsl:value-of select="."/></xsl:attribute></xsl:for-each></svg></td>
              <td><xsl:value-of select="@option"/></td>
              <xsl:for-each select="@customer"><td><xsl:value-of select="."/></td></xsl:for-each>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </div>
  </xsl:template>

</xsl:stylesheet>
