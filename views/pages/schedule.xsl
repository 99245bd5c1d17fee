<?xml version="1.0" encoding="UTF-8"?>
<!--
  schedule: 予定: a month as a sheet of weeks, then the requests of the month or of one day. On narrow screens the sheet
  has the counts alone.

  <schedule month="2026年12月" previous="/schedule?month=2026-11" previous-text="2026年11月" next="…" next-text="…" present="/schedule?…">
    present: the present month's, absent in it
    <search filtered="1"><hidden name="month" value="2026-12"/><field name="phone" value="" error=""/></search>
    <week><day n="29" outside="1"/><day n="1" date="2026/12/01" today="1" current="1" count="12" href="/schedule?…#list" more="9">
      <next href number kind items status status-text/>… up to three; none, and no more, of all customers
    </day>…</week>…                                       absent, and the list as well, when the conditions are at fault
    <list total="12" first="1" last="12" day="2026/12/01" whole="/schedule?…" with-customer="1"><pager …/><request …/>… as in request-list</list>
  </schedule>
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:simportal:message"
    exclude-result-prefixes="m">

  <xsl:template name="page.schedule">
    <xsl:apply-templates select="search" mode="schedule"/>
    <section class="card">
      <h2><xsl:value-of select="@month"/></h2>
      <p class="buttons turn">
        <a class="button" rel="prev" href="{@previous}"><m:text key="schedule.before"><m:arg name="month" select="@previous-text"/></m:text></a>
        <xsl:if test="@present"><a class="button" href="{@present}"><m:text key="schedule.present"/></a></xsl:if>
        <a class="button" rel="next" href="{@next}"><m:text key="schedule.after"><m:arg name="month" select="@next-text"/></m:text></a>
      </p>
      <xsl:if test="week"><xsl:call-template name="schedule.sheet"/></xsl:if>
    </section>
    <xsl:apply-templates select="list" mode="schedule"/>
  </xsl:template>

  <xsl:template match="search" mode="schedule">
    <form class="card one-line" method="get" action="/schedule" autocomplete="off" novalidate="novalidate" m:aria-label="list.conditions">
      <xsl:call-template name="hiddens"/>
      <xsl:call-template name="field">
        <xsl:with-param name="field" select="field"/>
        <xsl:with-param name="label" m:select="schedule.phone"/>
        <xsl:with-param name="hint"><m:text key="schedule.phone-hint"/></xsl:with-param>
      </xsl:call-template>
      <p class="buttons">
        <button class="primary"><m:text key="schedule.show"/></button>
        <xsl:if test="@filtered"><a class="button" href="/schedule?month={hidden/@value}"><m:text key="schedule.all"/></a></xsl:if>
      </p>
    </form>
  </xsl:template>

  <xsl:template name="schedule.sheet">
    <div class="scroll" tabindex="0" role="region" aria-label="{@month}">
      <table class="sheet">
        <thead>
          <tr>
            <th scope="col"><m:text key="schedule.sunday"/></th>
            <th scope="col"><m:text key="schedule.monday"/></th>
            <th scope="col"><m:text key="schedule.tuesday"/></th>
            <th scope="col"><m:text key="schedule.wednesday"/></th>
            <th scope="col"><m:text key="schedule.thursday"/></th>
            <th scope="col"><m:text key="schedule.friday"/></th>
            <th scope="col"><m:text key="schedule.saturday"/></th>
          </tr>
        </thead>
        <tbody>
          <xsl:for-each select="week">
            <tr><xsl:for-each select="day"><xsl:call-template name="schedule.day"/></xsl:for-each></tr>
          </xsl:for-each>
        </tbody>
      </table>
    </div>
  </xsl:template>

  <xsl:template name="schedule.day">
    <td>
      <xsl:choose>
        <xsl:when test="@current"><xsl:attribute name="class">current</xsl:attribute></xsl:when>
        <xsl:when test="@outside"><xsl:attribute name="class">outside</xsl:attribute></xsl:when>
      </xsl:choose>
      <b>
        <xsl:if test="@today"><xsl:attribute name="aria-current">date</xsl:attribute></xsl:if>
        <xsl:value-of select="@n"/>
      </b>
      <xsl:if test="@count">
        <a href="{@href}">
          <m:attribute name="aria-label" key="schedule.count-of"><m:arg name="date" select="@date"/><m:arg name="n" select="@count"/></m:attribute>
          <m:text key="schedule.count"><m:arg name="n" select="@count"/></m:text>
        </a>
        <xsl:if test="next">
          <ul>
            <xsl:for-each select="next">
              <li><a class="s {@status}" href="{@href}"><xsl:value-of select="@number"/></a><small><m:text key="schedule.what"><m:arg name="kind" select="@kind"/><m:arg name="n" select="@items"/></m:text></small></li>
            </xsl:for-each>
            <xsl:if test="@more"><li><a href="{@href}"><m:text key="schedule.more"><m:arg name="n" select="@more"/></m:text></a></li></xsl:if>
          </ul>
        </xsl:if>
      </xsl:if>
    </td>
  </xsl:template>

  <xsl:template match="list" mode="schedule">
    <section id="list">
      <h2>
        <xsl:choose>
          <xsl:when test="@day"><m:text key="schedule.of-day"><m:arg name="date" select="@day"/></m:text></xsl:when>
          <xsl:otherwise><m:text key="schedule.of-month"><m:arg name="month" select="../@month"/></m:text></xsl:otherwise>
        </xsl:choose>
      </h2>
      <xsl:if test="@whole"><p><a class="button" href="{@whole}"><m:text key="schedule.whole"/></a></p></xsl:if>
      <xsl:choose>
        <xsl:when test="request"><xsl:call-template name="request-list.table"/></xsl:when>
        <xsl:otherwise>
          <div class="empty">
            <p><m:text key="schedule.none"/></p>
            <p><a class="button" href="/requests?status=all"><m:text key="request.show-all"/></a></p>
          </div>
        </xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>

</xsl:stylesheet>
