<?xml version="1.0" encoding="UTF-8"?>
<!--
  build/check.xsl: reads portal.xsl, all it includes and both message files, and prints one line for each
  mistake: keys or arguments that differ between the languages, keys and assets that do not exist, arguments
  that do not fit, texts that nothing uses. No output: all is well. The build stops at the first line.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:simportal:message">

  <xsl:import href="common.xsl"/>
  <xsl:param name="assets"/>    <!-- path of the list of static files -->
  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:variable name="asset-list" select="document($assets)/assets/asset"/>
  <xsl:variable name="views" select="/ | document(/xsl:stylesheet/xsl:include/@href, /)"/>
  <xsl:variable name="uses" select="$views//m:text/@key | $views//m:attribute/@key
      | $views//@m:*[not(contains(local-name(), '-asset'))]"/>

  <xsl:template match="/">
    <xsl:apply-templates select="$ja-messages/group/message" mode="pair">
      <xsl:with-param name="file" select="'views/messages/ja.xml'"/>
      <xsl:with-param name="others" select="$en-messages/group/message"/>
      <xsl:with-param name="other-file" select="'views/messages/en.xml'"/>
    </xsl:apply-templates>
    <xsl:apply-templates select="$en-messages/group/message" mode="pair">
      <xsl:with-param name="file" select="'views/messages/en.xml'"/>
      <xsl:with-param name="others" select="$ja-messages/group/message"/>
      <xsl:with-param name="other-file" select="'views/messages/ja.xml'"/>
    </xsl:apply-templates>
    <xsl:call-template name="uses"><xsl:with-param name="file" select="'views/portal.xsl'"/></xsl:call-template>
    <xsl:for-each select="/xsl:stylesheet/xsl:include">
      <xsl:variable name="file" select="concat('views/', @href)"/>
      <xsl:for-each select="document(@href, .)">
        <xsl:call-template name="uses"><xsl:with-param name="file" select="$file"/></xsl:call-template>
      </xsl:for-each>
    </xsl:for-each>
    <xsl:for-each select="$ja-messages/group[not(@at)]/message[not(@key = $uses)][not(starts-with(@key, 'error-page.'))]">
      <xsl:value-of select="concat('views/messages/ja.xml: ', @key, ': no view uses it&#10;')"/>
    </xsl:for-each>
  </xsl:template>

  <!-- One message against the same one of the other language. -->
  <xsl:template match="message" mode="pair">
    <xsl:param name="file"/>
    <xsl:param name="others"/>
    <xsl:param name="other-file"/>
    <xsl:variable name="where" select="concat($file, ': ', @key, ': ')"/>
    <xsl:variable name="other" select="$others[@key = current()/@key]"/>
    <xsl:if test="count(../../group/message[@key = current()/@key]) &gt; 1">
      <xsl:value-of select="concat($where, 'stands there twice&#10;')"/>
    </xsl:if>
    <xsl:if test="normalize-space(.) = '' or (@plural and not(one and other)) or (*[not(self::one or self::other)]) or (* and not(@plural))">
      <xsl:value-of select="concat($where, 'needs a text, or plural= with one and other&#10;')"/>
    </xsl:if>
    <xsl:choose>
      <xsl:when test="not($other)"><xsl:value-of select="concat($where, 'missing in ', $other-file, '&#10;')"/></xsl:when>
      <xsl:otherwise>
        <xsl:if test="string(../@at) != string($other/../@at)">
          <xsl:value-of select="concat($where, 'at= differs in ', $other-file, '&#10;')"/>
        </xsl:if>
        <xsl:variable name="mine">
          <xsl:call-template name="arguments"><xsl:with-param name="text" select="concat(., '{', @plural, '}')"/></xsl:call-template>
        </xsl:variable>
        <xsl:variable name="theirs">
          <xsl:call-template name="arguments"><xsl:with-param name="text" select="concat($other, '{', $other/@plural, '}')"/></xsl:call-template>
        </xsl:variable>
        <xsl:variable name="lost">
          <xsl:call-template name="missing">
            <xsl:with-param name="names" select="$mine"/>
            <xsl:with-param name="of" select="$theirs"/>
          </xsl:call-template>
        </xsl:variable>
        <xsl:if test="$lost != ''">
          <xsl:value-of select="concat($where, 'argument ', $lost, 'missing in ', $other-file, '&#10;')"/>
        </xsl:if>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- All uses of messages and assets in the document at hand. -->
  <xsl:template name="uses">
    <xsl:param name="file"/>
    <xsl:for-each select=".//m:text | .//m:attribute | .//@m:*[not(contains(local-name(), '-asset'))]">
      <xsl:variable name="key" select="string(@key | self::node()[not(self::*)])"/>
      <xsl:variable name="where" select="concat($file, ': ', $key, ': ')"/>
      <xsl:variable name="message" select="$ja-messages/group/message[@key = $key] | $en-messages/group/message[@key = $key]"/>
      <xsl:variable name="want">
        <xsl:call-template name="arguments">
          <xsl:with-param name="text">
            <xsl:for-each select="$message"><xsl:value-of select="."/><xsl:if test="@plural">{<xsl:value-of select="@plural"/>}</xsl:if></xsl:for-each>
          </xsl:with-param>
        </xsl:call-template>
      </xsl:variable>
      <xsl:variable name="have"><xsl:text>|</xsl:text><xsl:for-each select="m:arg"><xsl:value-of select="concat(@name, '|')"/></xsl:for-each></xsl:variable>
      <xsl:variable name="lacking">
        <xsl:call-template name="missing"><xsl:with-param name="names" select="$want"/><xsl:with-param name="of" select="$have"/></xsl:call-template>
      </xsl:variable>
      <xsl:variable name="unknown">
        <xsl:call-template name="missing"><xsl:with-param name="names" select="$have"/><xsl:with-param name="of" select="$want"/></xsl:call-template>
      </xsl:variable>
      <xsl:choose>
        <xsl:when test="not($message)"><xsl:value-of select="concat($where, 'no such message&#10;')"/></xsl:when>
        <xsl:when test="$lacking != ''"><xsl:value-of select="concat($where, 'argument ', $lacking, 'is not given&#10;')"/></xsl:when>
        <xsl:when test="$unknown != ''"><xsl:value-of select="concat($where, 'has no argument ', $unknown, '&#10;')"/></xsl:when>
      </xsl:choose>
    </xsl:for-each>
    <xsl:for-each select=".//@m:*[contains(local-name(), '-asset')][not(. = $asset-list/@name)]">
      <xsl:value-of select="concat($file, ': ', ., ': no such file in nginx/static&#10;')"/>
    </xsl:for-each>
    <xsl:if test=".//xsl:include[not(/xsl:stylesheet[xsl:include])] or .//*[@disable-output-escaping]">
      <xsl:value-of select="concat($file, ': disable-output-escaping and nested includes are not wanted&#10;')"/>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
