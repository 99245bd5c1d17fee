<?xml version="1.0" encoding="UTF-8"?>
<!--
  build/errors.xsl: one of nginx's own answers. page: the page document of that status, in both languages, for
  pages/static-error.xsl. problem and lang: the problem document of that kind. Neither: the names of all, a line each.
  STATUS() and REQUEST_ID() stand for what nginx puts in.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <xsl:import href="common.xsl"/>
  <xsl:param name="page"/>
  <xsl:param name="problem"/>
  <xsl:param name="lang"/>
  <xsl:output method="xml" encoding="UTF-8" omit-xml-declaration="yes"/>

  <xsl:template match="/errors">
    <xsl:choose>
      <xsl:when test="$page != ''"><xsl:apply-templates select="error[@status = $page]"/></xsl:when>
      <xsl:when test="$problem != ''"><xsl:apply-templates select="problem[@kind = $problem]"/></xsl:when>
      <xsl:otherwise>
        <xsl:for-each select="error"><xsl:value-of select="concat('page ', @status, '&#10;')"/></xsl:for-each>
        <xsl:for-each select="problem"><xsl:value-of select="concat('problem ', @kind, '&#10;')"/></xsl:for-each>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="error">
    <page name="static-error" lang="ja" title="STATUS()">
      <portal name="{../@portal}" operator=""/>
      <static-error status="{@status}" request-id="REQUEST_ID()">
        <xsl:apply-templates select="$ja-messages | $en-messages"><xsl:with-param name="error" select="."/></xsl:apply-templates>
      </static-error>
    </page>
  </xsl:template>

  <xsl:template match="messages">
    <xsl:param name="error"/>
    <xsl:variable name="messages" select="group/message"/>
    <xsl:variable name="prefix" select="concat('error-page.', $error/@kind)"/>
    <text lang="{@lang}" title="{$messages[@key = concat($prefix, '.title')]}" text="{$messages[@key = concat($prefix, '.text')]}"
      help="{$messages[@key = concat($prefix, '.help')]}" start="{$messages[@key = 'error-page.start']}"
      request-id-text="{$messages[@key = 'error-page.request-id']}"/>
  </xsl:template>

  <!-- No title holds what JSON would escape: the build refuses it. -->
  <xsl:template match="problem">
    <xsl:variable name="messages" select="($ja-messages | $en-messages)[@lang = $lang]/group/message"/>
    <xsl:text>{"type":"urn:simportal:problem:</xsl:text>
    <xsl:value-of select="@kind"/>
    <xsl:text>","title":"</xsl:text>
    <xsl:value-of select="$messages[@key = concat('problem.', $problem)]"/>
    <xsl:text>","status":STATUS(),"request_id":"REQUEST_ID()"}</xsl:text>
  </xsl:template>

</xsl:stylesheet>
