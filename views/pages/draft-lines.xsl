<?xml version="1.0" encoding="UTF-8"?>
<!--
  draft-lines: the SIMs of a request are chosen: the SIM list with boxes. Each button posts the boxes of this page.

  <draft-lines here="/drafts/5/lines?state=active" kind="suspend" kind-text="一時停止" lines="12" many="1" customer="1:TC…:…" usage="1" form="/drafts/5"
               choose="/drafts/5/lines" upload="/drafts/5/numbers" confirm="/drafts/5/confirm">
    usage: what each SIM has used is a column
    <search …/> as in line-list
    <list …> as in line-list; <line … id="12" ticked="1" off="1"/>
  </draft-lines>
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:simportal:message"
    exclude-result-prefixes="m">

  <xsl:template name="page.draft-lines">
    <xsl:call-template name="steps"><xsl:with-param name="current" select="1"/></xsl:call-template>
    <details class="card fold">
      <summary><m:text key="draft.upload-fold"/></summary>
      <xsl:call-template name="draft-upload"/>
    </details>
    <xsl:apply-templates select="search" mode="line-list"/>
    <xsl:for-each select="list">
      <form method="post" action="{../@here}" class="ticks">
        <xsl:call-template name="csrf"/>
        <div class="tools">
          <p class="found"><m:text key="list.found"><m:arg name="n" select="@total"/></m:text></p>
          <p class="chosen" role="status"><m:text key="draft.chosen"><m:arg name="n" select="../@lines"/></m:text></p>
          <xsl:if test="line"><p class="downloads"><a class="button" href="{@csv}" download="download"><m:text key="draft.found-csv"/></a></p></xsl:if>
        </div>
        <p class="buttons">
          <button class="primary" name="go" value="enter"><m:text key="draft.enter"/></button>
          <button name="go" value="all"><m:text key="draft.all"><m:arg name="n" select="@total"/></m:text></button>
          <button name="go" value="none"><m:text key="draft.none"/></button>
          <button name="to" value="{../@here}"><m:text key="draft.keep"/></button>
        </p>
        <xsl:choose>
          <xsl:when test="line"><xsl:call-template name="draft-lines.table"/></xsl:when>
          <xsl:otherwise><div class="empty"><p><m:text key="line.empty"/></p><p><m:text key="line.empty-help"/></p></div></xsl:otherwise>
        </xsl:choose>
      </form>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="draft-lines.table">
    <div class="tools">
      <xsl:apply-templates select="pager" mode="post"/>
      <p class="shown"><m:text key="list.shown"><m:arg name="n" select="@total"/><m:arg name="first" select="@first"/><m:arg name="last" select="@last"/></m:text></p>
    </div>
    <div class="scroll" tabindex="0" role="region" aria-label="{/page/@title}">
      <table class="choice">
        <thead>
          <tr>
            <th scope="col"><m:text key="draft.select"/></th>
            <th scope="col"><m:text key="line.customer"/></th>
            <!-- A column sorts by a button, so that the boxes go along. -->
            <xsl:for-each select="column[@key != 'used' and @key != 'remaining' and @key != 'customer']">
              <th scope="col">
                <xsl:if test="@sorted"><xsl:attribute name="aria-sort"><xsl:value-of select="@sorted"/></xsl:attribute></xsl:if>
                <button class="plain" name="to" value="{@href}"><xsl:value-of select="@text"/></button>
              </th>
            </xsl:for-each>
            <xsl:if test="../@usage"><th scope="col"><m:text key="draft.used"/></th></xsl:if>
          </tr>
        </thead>
        <tbody>
          <xsl:for-each select="line">
            <tr>
              <td>
                <input type="hidden" name="shown" value="{@id}"/>
                <input type="checkbox" name="line" value="{@id}" id="l-{position()}" aria-label="{@phone}">
                  <xsl:if test="@ticked"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
                  <xsl:if test="@off"><xsl:attribute name="disabled">disabled</xsl:attribute></xsl:if>
                </input>
              </td>
              <td><xsl:value-of select="/page/draft-lines/@customer"/></td>
              <th><label for="l-{position()}"><xsl:value-of select="@serial"/></label></th>
              <td><xsl:value-of select="@phone"/><xsl:if test="@label"><small><xsl:value-of select="@label"/></small></xsl:if></td>
              <td class="s {@state}"><xsl:value-of select="@state-text"/></td>
              <td><xsl:value-of select="@plan"/></td>
              <td><xsl:value-of select="@option"/></td>
              <xsl:if test="/page/draft-lines/@usage"><td class="n"><xsl:value-of select="substring-before(@usage, '/')"/></td></xsl:if>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </div>
    <div class="tools"><xsl:apply-templates select="pager" mode="post"><xsl:with-param name="label" m:select="list.pages-below"/></xsl:apply-templates></div>
  </xsl:template>

  <xsl:template match="pager" mode="post">
    <xsl:param name="label" m:select="list.pages"/>
    <nav class="pager" aria-label="{$label}">
      <ul>
        <xsl:if test="@previous"><li><button name="to" value="{@previous}"><m:text key="list.previous"/></button></li></xsl:if>
        <xsl:for-each select="page">
          <xsl:choose>
            <xsl:when test="@gap"><li class="gap">…</li></xsl:when>
            <xsl:otherwise>
              <li>
                <button name="to" value="{@href}">
                  <xsl:if test="@current"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
                  <m:attribute name="aria-label" key="list.page"><m:arg name="n" select="@n"/></m:attribute>
                  <xsl:value-of select="@n"/>
                </button>
              </li>
            </xsl:otherwise>
          </xsl:choose>
        </xsl:for-each>
        <xsl:if test="@next"><li><button name="to" value="{@next}"><m:text key="list.next"/></button></li></xsl:if>
      </ul>
    </nav>
  </xsl:template>

</xsl:stylesheet>
