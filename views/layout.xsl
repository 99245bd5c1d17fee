<?xml version="1.0" encoding="UTF-8"?>
<!--
  layout.xsl: the frame of every page: head, header with customer, account, menu; crumbs, title, notices, summary
  of errors; then the page itself. Parts that the document lacks are not shown.

  <page name="line-list" lang="ja" now="…" path="/sims" base="/customers/102" csrf="…" request-id="…" title="…" refresh="15">
     base: what the page's links and forms lead below (fcgi/view/links.c), for accounts that see several customers; views and
     the rest of the document write addresses without it
     refresh: seconds after which a browser without scripts loads the page again; usually absent
    <portal name="…" operator="" css="/brand.css?c=…" logo="/brand/logo"/>      css, logo: absent unless the operator has set them
    <account login="…" name="…" role-text="…"/>                          absent before login
    <customers current-text="…"><customer id="102" text="…" selected="1"/>…</customers>
        customer children only when there is a choice; the first may be id="0": all; choose="/customers": too many for that
    <menu><item text="…"><entry href="…" text="…" current="1"/>…</item><item href="/" text="…" current="1"/>…</menu>
    <crumbs><crumb text="…" href="/"/><crumb text="…"/></crumbs>
    <notices><notice kind="good|info|warning|danger" text="…"/></notices>
    <errors><error field="login_id" text="…"/></errors>                   field may be absent
    <line-list>…</line-list>                                              named as the page
  </page>
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:simportal:message"
    exclude-result-prefixes="m">

  <xsl:template match="/">
    <html lang="{/page/@lang}">
      <head>
        <meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="format-detection" content="telephone=no"/>
        <xsl:if test="/page/@refresh"><noscript><meta http-equiv="refresh" content="{/page/@refresh}"/></noscript></xsl:if>
        <title><xsl:value-of select="concat(/page/@title, ' - ', /page/portal/@name)"/></title>
        <link rel="stylesheet" m:href-asset="portal.css"/>
        <xsl:if test="/page/portal/@css"><link rel="stylesheet" href="{/page/portal/@css}"/></xsl:if>
        <link rel="icon" href="/favicon.ico" sizes="16x16"/>
        <link rel="icon" type="image/svg+xml" m:href-asset="favicon.svg"/>
        <script defer="defer" m:src-asset="portal.js"></script>
      </head>
      <body>
        <xsl:if test="not(/page/menu)"><xsl:attribute name="class">bare</xsl:attribute></xsl:if>
        <a class="skip" href="#main"><m:text key="frame.skip"/></a>
        <xsl:call-template name="header"/>
        <main id="main" tabindex="-1">
          <xsl:apply-templates select="/page/crumbs"/>
          <h1><xsl:value-of select="/page/@title"/></h1>
          <xsl:apply-templates select="/page/notices/notice"/>
          <xsl:apply-templates select="/page/errors"/>
          <m:pages/>
        </main>
      </body>
    </html>
  </xsl:template>

  <xsl:template name="header">
    <header class="top">
      <xsl:if test="/page/menu">
        <input type="checkbox" id="menu-open" class="menu-open"/>
        <label for="menu-open" class="menu-button"><m:text key="frame.menu"/></label>
      </xsl:if>
      <a class="brand" href="/">
        <xsl:if test="/page/portal/@logo"><img src="{/page/portal/@logo}" alt=""/></xsl:if>
        <xsl:if test="/page/portal/@operator != ''"><small><xsl:value-of select="/page/portal/@operator"/></small></xsl:if>
        <xsl:value-of select="/page/portal/@name"/>
      </a>
      <xsl:apply-templates select="/page/customers[@current-text]"/>
      <xsl:choose>
        <xsl:when test="/page/account"><xsl:call-template name="account"/></xsl:when>
        <xsl:when test="/page/login">
          <nav class="who" m:aria-label="frame.language">
            <xsl:for-each select="/page/login/language">
              <a href="{@href}" lang="{@code}" hreflang="{@code}">
                <xsl:if test="@code = /page/@lang"><xsl:attribute name="aria-current">true</xsl:attribute></xsl:if>
                <xsl:choose>
                  <xsl:when test="@code = 'ja'"><m:text key="frame.language-ja"/></xsl:when>
                  <xsl:otherwise><m:text key="frame.language-en"/></xsl:otherwise>
                </xsl:choose>
              </a>
            </xsl:for-each>
          </nav>
        </xsl:when>
      </xsl:choose>
      <xsl:apply-templates select="/page/menu"/>
    </header>
  </xsl:template>

  <xsl:template match="customers">
    <p class="customer">
      <span class="hide"><m:text key="frame.customer"/></span>
      <xsl:value-of select="@current-text"/>
      <xsl:if test="@choose"><a href="{@choose}"><m:text key="frame.customer-choose"/></a></xsl:if>
    </p>
  </xsl:template>

  <xsl:template match="customers[customer]">
    <form class="customer" method="post" action="/customer">
      <xsl:call-template name="csrf"/>
      <input type="hidden" name="back" value="{/page/@path}"/>
      <select name="customer_id" m:aria-label="frame.customer" autocomplete="off">
        <xsl:for-each select="customer">
          <option value="{@id}">
            <xsl:if test="@selected"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
            <xsl:value-of select="@text"/>
          </option>
        </xsl:for-each>
      </select>
      <button><m:text key="frame.customer-switch"/></button>
    </form>
  </xsl:template>

  <xsl:template name="account">
    <xsl:variable name="other" select="substring('enja', 1 + 2 * (/page/@lang = 'en'), 2)"/>
    <div class="who">
      <p m:title="frame.account">
        <xsl:value-of select="/page/account/@name"/>
        <small><xsl:value-of select="/page/account/@role-text"/></small>
      </p>
      <form method="post" action="/language">
        <xsl:call-template name="csrf"/>
        <input type="hidden" name="back" value="{/page/@path}"/>
        <input type="hidden" name="language" value="{$other}"/>
        <button class="plain" lang="{$other}"><m:text key="frame.other-language"/></button>
      </form>
      <form method="post" action="/logout">
        <xsl:call-template name="csrf"/>
        <button class="plain"><m:text key="frame.logout"/></button>
      </form>
    </div>
  </xsl:template>

  <xsl:template match="menu">
    <nav class="menu" m:aria-label="frame.menu">
      <ul>
        <xsl:for-each select="item">
          <li>
            <xsl:choose>
              <xsl:when test="@href"><xsl:call-template name="menu-entry"/></xsl:when>
              <xsl:otherwise>
                <span><xsl:value-of select="@text"/></span>
                <ul>
                  <xsl:for-each select="entry"><li><xsl:call-template name="menu-entry"/></li></xsl:for-each>
                </ul>
              </xsl:otherwise>
            </xsl:choose>
          </li>
        </xsl:for-each>
      </ul>
    </nav>
  </xsl:template>

  <xsl:template name="menu-entry">
    <a href="{@href}">
      <xsl:if test="@current"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
      <xsl:value-of select="@text"/>
    </a>
  </xsl:template>

  <xsl:template match="crumbs">
    <nav class="crumbs" m:aria-label="frame.crumbs">
      <ol>
        <xsl:for-each select="crumb">
          <li>
            <xsl:choose>
              <xsl:when test="@href"><a href="{@href}"><xsl:value-of select="@text"/></a></xsl:when>
              <xsl:otherwise><span aria-current="page"><xsl:value-of select="@text"/></span></xsl:otherwise>
            </xsl:choose>
          </li>
        </xsl:for-each>
      </ol>
    </nav>
  </xsl:template>

  <xsl:template match="notice">
    <p class="notice {@kind}" role="status"><xsl:value-of select="@text"/></p>
  </xsl:template>

  <xsl:template match="errors">
    <div class="notice danger" id="errors" role="alert" tabindex="-1">
      <h2><m:text key="form.errors"/></h2>
      <ul>
        <xsl:for-each select="error">
          <li>
            <xsl:choose>
              <xsl:when test="@field"><a href="#f-{@field}"><xsl:value-of select="@text"/></a></xsl:when>
              <xsl:otherwise><xsl:value-of select="@text"/></xsl:otherwise>
            </xsl:choose>
          </li>
        </xsl:for-each>
      </ul>
    </div>
  </xsl:template>

</xsl:stylesheet>
