<?xml version="1.0" encoding="UTF-8"?>
<!--
  build/labels.xsl: the messages of groups at="run" as a C table: part=h the enum, part=c the texts.
  A message that has forms in either language becomes two rows, X_ONE and then X_OTHER, in both.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <xsl:import href="common.xsl"/>
  <xsl:param name="part"/>      <!-- h or c -->
  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:variable name="run" select="$ja-messages/group[@at = 'run']/message"/>

  <xsl:template match="/">
    <xsl:choose>
      <xsl:when test="$part = 'h'"><xsl:call-template name="header"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="source"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="header">
    <xsl:text>/* Made from views/messages by views/build/labels.xsl. Do not edit. */
#ifndef VIEW_LABELS_H
#define VIEW_LABELS_H

#include "base/language.h"

enum label {
</xsl:text>
    <xsl:for-each select="$run">
      <xsl:call-template name="rows"/>
    </xsl:for-each>
    <xsl:text>    LABEL_N
};

/* The key of each label as it stands in views/messages (forms: key.one, key.other). */
extern const char *const label_keys[LABEL_N];
/* The text of each label, UTF-8; arguments stand in it as {name}. */
extern const char *const label_texts[LANGUAGE_N][LABEL_N];

#endif
</xsl:text>
  </xsl:template>

  <xsl:template name="source">
    <xsl:text>/* Made from views/messages by views/build/labels.xsl. Do not edit. */
#include "view/labels.h"

const char *const label_keys[LABEL_N] = {
</xsl:text>
    <xsl:for-each select="$run">
      <xsl:call-template name="rows"><xsl:with-param name="what" select="'key'"/></xsl:call-template>
    </xsl:for-each>
    <xsl:text>};

const char *const label_texts[LANGUAGE_N][LABEL_N] = {
    [LANGUAGE_JA] = {
</xsl:text>
    <xsl:for-each select="$run">
      <xsl:call-template name="rows">
        <xsl:with-param name="what" select="'text'"/>
        <xsl:with-param name="message" select="."/>
      </xsl:call-template>
    </xsl:for-each>
    <xsl:text>    },
    [LANGUAGE_EN] = {
</xsl:text>
    <xsl:for-each select="$run">
      <xsl:call-template name="rows">
        <xsl:with-param name="what" select="'text'"/>
        <xsl:with-param name="message" select="$en-messages/group/message[@key = current()/@key]"/>
      </xsl:call-template>
    </xsl:for-each>
    <xsl:text>    },
};
</xsl:text>
  </xsl:template>

  <!-- The row or rows of the message at hand: its name, its key or its text. -->
  <xsl:template name="rows">
    <xsl:param name="what" select="'name'"/>
    <xsl:param name="message" select="."/>
    <xsl:variable name="forms" select="@plural or $en-messages/group/message[@key = current()/@key]/@plural"/>
    <xsl:choose>
      <xsl:when test="$forms">
        <xsl:call-template name="row">
          <xsl:with-param name="key" select="concat(@key, '.one')"/>
          <xsl:with-param name="what" select="$what"/>
          <xsl:with-param name="of" select="$message[not(@plural)] | $message/one"/>
        </xsl:call-template>
        <xsl:call-template name="row">
          <xsl:with-param name="key" select="concat(@key, '.other')"/>
          <xsl:with-param name="what" select="$what"/>
          <xsl:with-param name="of" select="$message[not(@plural)] | $message/other"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="row">
          <xsl:with-param name="key" select="string(@key)"/>
          <xsl:with-param name="what" select="$what"/>
          <xsl:with-param name="of" select="$message"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="row">
    <xsl:param name="key"/>
    <xsl:param name="what"/>
    <xsl:param name="of"/>
    <xsl:variable name="name" select="concat('LABEL_', translate($key,
        'abcdefghijklmnopqrstuvwxyz.-', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ__'))"/>
    <xsl:choose>
      <xsl:when test="$what = 'name'"><xsl:value-of select="concat('    ', $name, ',&#10;')"/></xsl:when>
      <xsl:when test="$what = 'key'"><xsl:value-of select="concat('    [', $name, '] = &quot;', $key, '&quot;,&#10;')"/></xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="concat('        [', $name, '] = &quot;')"/>
        <xsl:call-template name="c-string">
          <xsl:with-param name="text">
            <xsl:call-template name="shown"><xsl:with-param name="of" select="$of"/></xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
        <xsl:text>",&#10;</xsl:text>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Escaped for a C string: \ " ? (trigraphs) and line breaks, from the first of them on. -->
  <xsl:template name="c-string">
    <xsl:param name="text"/>
    <xsl:variable name="first" select="substring(translate($text, translate($text, '\&quot;?&#10;', ''), ''), 1, 1)"/>
    <xsl:choose>
      <xsl:when test="$first = ''"><xsl:value-of select="$text"/></xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="substring-before($text, $first)"/>
        <xsl:choose>
          <xsl:when test="$first = '&#10;'">\n"&#10;            "</xsl:when>
          <xsl:otherwise><xsl:value-of select="concat('\', $first)"/></xsl:otherwise>
        </xsl:choose>
        <xsl:call-template name="c-string"><xsl:with-param name="text" select="substring-after($text, $first)"/></xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>
