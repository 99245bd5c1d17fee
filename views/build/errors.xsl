<?xml version="1.0" encoding="UTF-8"?>
<!--
  build/errors.xsl: the page document of one of nginx's own error pages, in both languages, for
  pages/static-error.xsl. With an empty status: the list of all statuses.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <xsl:import href="common.xsl"/>
  <xsl:param name="status"/>
  <xsl:output method="xml" encoding="UTF-8" omit-xml-declaration="yes"/>

  <xsl:template match="/errors">
    <xsl:choose>
      <xsl:when test="$status = ''">
        <xsl:for-each select="error"><xsl:value-of select="concat(@status, ' ')"/></xsl:for-each>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates select="error[@status = $status]"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="error">
    <xsl:variable name="prefix" select="concat('error-page.', @kind)"/>
    <page name="static-error" lang="ja" title="{@status}">
      <portal name="{../@portal}" operator=""/>
      <static-error status="{@status}">
        <xsl:apply-templates select="$ja-messages | $en-messages"><xsl:with-param name="error" select="."/></xsl:apply-templates>
      </static-error>
    </page>
  </xsl:template>

  <xsl:template match="messages">
    <xsl:param name="error"/>
    <xsl:variable name="messages" select="group/message"/>
    <xsl:variable name="prefix" select="concat('error-page.', $error/@kind)"/>
    <text lang="{@lang}" title="{$messages[@key = concat($prefix, '.title')]}" text="{$messages[@key = concat($prefix, '.text')]}">
      <xsl:attribute name="help">
        <xsl:choose>
          <xsl:when test="$error/@help"><xsl:value-of select="$messages[@key = concat('error-page.', $error/@help, '.help')]"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="$messages[@key = concat($prefix, '.help')]"/></xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:attribute name="start"><xsl:value-of select="$messages[@key = 'error-page.start']"/></xsl:attribute>
    </text>
  </xsl:template>

</xsl:stylesheet>
