<?xml version="1.0" encoding="UTF-8"?>
<!--
  build/compile.xsl: turns portal.xsl and what it includes into one plain stylesheet of one language.
  Replaces m:text, m:attribute, m:pages and attributes in the m namespace; copies all else. It trusts
  check.xsl, which has run before, and decides nothing itself.

    <m:text key="k"><m:arg name="n" select="xpath"/></m:text>     the text, arguments filled in
    <m:attribute name="aria-label" key="k">…m:arg…</m:attribute>  an attribute with it
    m:placeholder="k"                                             the attribute placeholder with it
    m:select="k"                                                  the attribute select with it as a string
    m:href-asset="portal.css"                                     the attribute href with a static file's address
    <m:pages/>                                                    calls the template "page.NAME" of /page/@name
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:simportal:message"
    exclude-result-prefixes="m">

  <xsl:import href="common.xsl"/>
  <xsl:param name="lang"/>      <!-- ja or en -->
  <xsl:param name="assets"/>    <!-- path of the list of static files -->

  <xsl:output method="xml" encoding="UTF-8" indent="no"/>
  <xsl:strip-space elements="*"/>
  <xsl:preserve-space elements="xsl:text message"/>

  <xsl:variable name="xsl" select="'http://www.w3.org/1999/XSL/Transform'"/>
  <xsl:variable name="messages" select="$ja-messages[$lang = 'ja'] | $en-messages[$lang = 'en']"/>
  <xsl:variable name="views" select="/ | document(/xsl:stylesheet/xsl:include/@href, /)"/>

  <xsl:template match="xsl:include">
    <xsl:apply-templates select="document(@href, .)/xsl:stylesheet/node()"/>
  </xsl:template>

  <!-- Made anew instead of copied, so that no namespace of the source comes along. -->
  <xsl:template match="*">
    <xsl:element name="{name()}" namespace="{namespace-uri()}">
      <xsl:apply-templates select="@* | node()"/>
    </xsl:element>
  </xsl:template>
  <xsl:template match="@* | text()"><xsl:copy/></xsl:template>
  <xsl:template match="comment() | processing-instruction()"/>
  <xsl:template match="@exclude-result-prefixes"/>

  <xsl:template match="m:text">
    <xsl:call-template name="message"/>
  </xsl:template>

  <xsl:template match="m:attribute">
    <xsl:element name="xsl:attribute" namespace="{$xsl}">
      <xsl:attribute name="name"><xsl:value-of select="@name"/></xsl:attribute>
      <xsl:call-template name="message"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="@m:*">
    <xsl:attribute name="{local-name()}">
      <xsl:value-of select="normalize-space($messages/group/message[@key = current()])"/>
    </xsl:attribute>
  </xsl:template>

  <!-- <xsl:with-param name="label" m:select="k"/>: the text as a string, which costs a run nothing. -->
  <xsl:template match="@m:select">
    <xsl:variable name="text" select="normalize-space($messages/group/message[@key = current()])"/>
    <xsl:variable name="quote">
      <xsl:choose>
        <xsl:when test="contains($text, &quot;&apos;&quot;)">"</xsl:when>
        <xsl:otherwise>&apos;</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:attribute name="select"><xsl:value-of select="concat($quote, $text, $quote)"/></xsl:attribute>
  </xsl:template>

  <xsl:template match="@m:href-asset | @m:src-asset">
    <xsl:attribute name="{substring-before(local-name(), '-asset')}">
      <xsl:value-of select="document($assets)/assets/asset[@name = current()]/@href"/>
    </xsl:attribute>
  </xsl:template>

  <!-- The last one: the frame may have an element of the same name, and comes first. -->
  <xsl:template match="m:pages">
    <xsl:element name="xsl:choose" namespace="{$xsl}">
      <xsl:for-each select="$views/xsl:stylesheet/xsl:template[starts-with(@name, 'page.')]">
        <xsl:variable name="page" select="substring-after(@name, 'page.')"/>
        <xsl:element name="xsl:when" namespace="{$xsl}">
          <xsl:attribute name="test"><xsl:value-of select='concat("/page/@name = &apos;", $page, "&apos;")'/></xsl:attribute>
          <xsl:element name="xsl:for-each" namespace="{$xsl}">
            <xsl:attribute name="select"><xsl:value-of select="concat('/page/', $page, '[last()]')"/></xsl:attribute>
            <xsl:element name="xsl:call-template" namespace="{$xsl}">
              <xsl:attribute name="name"><xsl:value-of select="@name"/></xsl:attribute>
            </xsl:element>
          </xsl:element>
        </xsl:element>
      </xsl:for-each>
      <xsl:element name="xsl:otherwise" namespace="{$xsl}">
        <xsl:element name="xsl:message" namespace="{$xsl}">
          <xsl:attribute name="terminate">yes</xsl:attribute>
          <xsl:text>no view of this name: </xsl:text>
          <xsl:element name="xsl:value-of" namespace="{$xsl}"><xsl:attribute name="select">/page/@name</xsl:attribute></xsl:element>
        </xsl:element>
      </xsl:element>
    </xsl:element>
  </xsl:template>

  <!-- The message that the element at hand names; a choice of forms when it has them. -->
  <xsl:template name="message">
    <xsl:variable name="use" select="."/>
    <xsl:variable name="message" select="$messages/group/message[@key = $use/@key]"/>
    <xsl:choose>
      <xsl:when test="$message/@plural">
        <xsl:element name="xsl:choose" namespace="{$xsl}">
          <xsl:element name="xsl:when" namespace="{$xsl}">
            <xsl:attribute name="test">
              <xsl:value-of select='concat("string(", m:arg[@name = $message/@plural]/@select, ") = &apos;1&apos;")'/>
            </xsl:attribute>
            <xsl:call-template name="pieces">
              <xsl:with-param name="use" select="$use"/>
              <xsl:with-param name="text" select="normalize-space($message/one)"/>
            </xsl:call-template>
          </xsl:element>
          <xsl:element name="xsl:otherwise" namespace="{$xsl}">
            <xsl:call-template name="pieces">
              <xsl:with-param name="use" select="$use"/>
              <xsl:with-param name="text" select="normalize-space($message/other)"/>
            </xsl:call-template>
          </xsl:element>
        </xsl:element>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="pieces">
          <xsl:with-param name="use" select="$use"/>
          <xsl:with-param name="text" select="normalize-space($message)"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A text as xsl:text and xsl:value-of, in turn. -->
  <xsl:template name="pieces">
    <xsl:param name="use"/>
    <xsl:param name="text"/>
    <xsl:variable name="plain">
      <xsl:choose>
        <xsl:when test="contains($text, '{')"><xsl:value-of select="substring-before($text, '{')"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="$text"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:if test="$plain != ''">
      <xsl:element name="xsl:text" namespace="{$xsl}"><xsl:value-of select="$plain"/></xsl:element>
    </xsl:if>
    <xsl:if test="contains($text, '{')">
      <xsl:variable name="name" select="substring-before(substring-after($text, '{'), '}')"/>
      <xsl:element name="xsl:value-of" namespace="{$xsl}">
        <xsl:attribute name="select"><xsl:value-of select="$use/m:arg[@name = $name]/@select"/></xsl:attribute>
      </xsl:element>
      <xsl:call-template name="pieces">
        <xsl:with-param name="use" select="$use"/>
        <xsl:with-param name="text" select="substring-after($text, '}')"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
