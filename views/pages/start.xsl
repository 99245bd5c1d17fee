<?xml version="1.0" encoding="UTF-8"?>
<!--
  start: how many SIMs are in which state, this month's usage against capacity, what is asked for and due next, how long
  the password lasts.

  <start>
    <counts total="300"><count state="active" text="…" n="250" href="/sims?state=active"/>…</counts>
        in the order to be shown; traffic comes as <count state="slow" text="…" n="3" href="/sims?throttled=1"/>
    <usage month="2026年11月" used="123.45" capacity="300.00" remaining="176.55" percent="41" level="" as-of="11:25" stale="1"/>
        absent when there are no SIMs; percent: of capacity; level: "", "low" or "none" by what remains, which is not
        shown: what the SIMs have left adds up to another figure (use beyond a plan, recharges)
    <requests><count …/>… as above, by status; none when there are no requests at all
      <next href="/requests/…" number="…" kind="一時停止" items="3" day="2026/12/01" status="pending" status-text="未処理"
            customer="…"/>…                              up to five; customer: when all are looked at
    </requests>
    <password days="12" date="2026/12/04" soon="1" href="/password"/>
        absent when it does not expire; soon: from 14 days on
  </start>
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:simportal:message"
    exclude-result-prefixes="m">

  <xsl:template name="page.start">
    <xsl:for-each select="password[@soon]">
      <p class="notice warning">
        <m:text key="start.password-soon"><m:arg name="n" select="@days"/><m:arg name="date" select="@date"/></m:text>
        <a class="after" href="{@href}"><m:text key="start.password-change"/></a>
      </p>
    </xsl:for-each>
    <section class="card">
      <h2>
        <m:text key="start.counts"/>
        <small><m:text key="start.total"><m:arg name="n" select="counts/@total"/></m:text></small>
      </h2>
      <xsl:choose>
        <xsl:when test="counts/count">
          <xsl:apply-templates select="counts" mode="start-counts"/>
        </xsl:when>
        <xsl:otherwise><p class="empty"><m:text key="start.none"/></p></xsl:otherwise>
      </xsl:choose>
    </section>
    <xsl:apply-templates select="usage" mode="start"/>
    <xsl:apply-templates select="requests" mode="start"/>
    <xsl:for-each select="password">
      <section class="card">
        <h2><m:text key="start.password"/></h2>
        <p>
          <m:text key="start.password-days"><m:arg name="n" select="@days"/><m:arg name="date" select="@date"/></m:text>
          <xsl:if test="not(@soon)"><a class="after" href="{@href}"><m:text key="start.password-change"/></a></xsl:if>
        </p>
      </section>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="counts | requests" mode="start-counts">
    <ul class="counts">
      <xsl:for-each select="count">
        <li><a href="{@href}"><b class="s {@state}"><xsl:value-of select="@text"/></b><strong><xsl:value-of select="@n"/></strong></a></li>
      </xsl:for-each>
    </ul>
  </xsl:template>

  <xsl:template match="requests" mode="start">
    <section class="card">
      <h2><m:text key="start.requests"/></h2>
      <xsl:choose>
        <xsl:when test="count"><xsl:apply-templates select="." mode="start-counts"/></xsl:when>
        <xsl:otherwise><p class="empty"><m:text key="start.requests-none"/></p></xsl:otherwise>
      </xsl:choose>
    </section>
    <xsl:if test="count"><xsl:call-template name="start.next"/></xsl:if>
  </xsl:template>

  <xsl:template name="start.next">
    <section class="card" id="next">
      <h2><m:text key="start.next"/></h2>
      <xsl:choose>
        <xsl:when test="next">
          <ul class="days">
            <xsl:for-each select="next">
              <li>
                <b><xsl:value-of select="@day"/></b>
                <a href="{@href}"><xsl:value-of select="@number"/></a>
                <span><m:text key="schedule.what"><m:arg name="kind" select="@kind"/><m:arg name="n" select="@items"/></m:text></span>
                <span class="s {@status}"><xsl:value-of select="@status-text"/></span>
                <xsl:if test="@customer"><small><xsl:value-of select="@customer"/></small></xsl:if>
              </li>
            </xsl:for-each>
          </ul>
        </xsl:when>
        <xsl:otherwise><p class="empty"><m:text key="start.next-none"/></p></xsl:otherwise>
      </xsl:choose>
      <p><a href="/schedule"><m:text key="start.schedule"/></a></p>
    </section>
  </xsl:template>

  <xsl:template match="usage" mode="start">
    <section class="card">
      <h2><m:text key="start.usage"><m:arg name="month" select="@month"/></m:text></h2>
      <div class="usage">
        <!-- The radius makes the circle 100 long, so that percent is the length of the stroke. -->
        <svg class="ring {@level}" viewBox="0 0 40 40" aria-hidden="true">
          <circle cx="20" cy="20" r="15.9155"></circle>
          <circle cx="20" cy="20" r="15.9155" stroke-dasharray="{@percent} 100" transform="rotate(-90 20 20)"></circle>
        </svg>
        <div>
          <p class="big"><m:text key="start.percent"><m:arg name="percent" select="@percent"/></m:text></p>
          <dl class="facts">
            <div><dt><m:text key="start.used"/></dt><dd><xsl:value-of select="@used"/> GB</dd></div>
            <div><dt><m:text key="start.capacity"/></dt><dd><xsl:value-of select="@capacity"/> GB</dd></div>
          </dl>
          <xsl:call-template name="as-of"/>
          <p class="hint"><m:text key="frame.gigabyte"/></p>
        </div>
      </div>
    </section>
  </xsl:template>

</xsl:stylesheet>
