<?xml version="1.0" encoding="UTF-8"?>
<!--
  build/common.xsl: what the build's stylesheets share: the two message files and how a text is taken
  apart at its {arguments}. Decides nothing about where a text goes.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <xsl:param name="ja"/>  <!-- path of messages/ja.xml -->
  <xsl:param name="en"/>  <!-- path of messages/en.xml -->

  <xsl:variable name="ja-messages" select="document($ja)/messages"/>
  <xsl:variable name="en-messages" select="document($en)/messages"/>

  <!-- The names of a text's arguments as "|a|b|", "|" when it has none. -->
  <xsl:template name="arguments">
    <xsl:param name="text"/>
    <xsl:param name="found" select="'|'"/>
    <xsl:choose>
      <xsl:when test="contains($text, '{')">
        <xsl:variable name="name" select="substring-before(substring-after($text, '{'), '}')"/>
        <xsl:call-template name="arguments">
          <xsl:with-param name="text" select="substring-after(substring-after($text, '{'), '}')"/>
          <xsl:with-param name="found">
            <xsl:value-of select="$found"/>
            <xsl:if test="not(contains($found, concat('|', $name, '|')))">
              <xsl:value-of select="concat($name, '|')"/>
            </xsl:if>
          </xsl:with-param>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$found"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The names of "|a|b|" that do not stand in $of, each followed by a space. -->
  <xsl:template name="missing">
    <xsl:param name="names"/>
    <xsl:param name="of"/>
    <xsl:variable name="first" select="substring-before(substring-after($names, '|'), '|')"/>
    <xsl:if test="$first != ''">
      <xsl:if test="not(contains($of, concat('|', $first, '|')))"><xsl:value-of select="concat($first, ' ')"/></xsl:if>
      <xsl:call-template name="missing">
        <xsl:with-param name="names" select="concat('|', substring-after(substring-after($names, '|'), '|'))"/>
        <xsl:with-param name="of" select="$of"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- A message or form as it is shown: one line, or with its line breaks (lines="1") but not those at its ends. -->
  <xsl:template name="shown">
    <xsl:param name="of"/>
    <xsl:choose>
      <xsl:when test="$of/ancestor-or-self::message/@lines"><xsl:value-of select="substring-after($of, '&#10;')"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="normalize-space($of)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>
