<?xml version="1.0" encoding="UTF-8"?>
<!--
  customers: choose whose SIMs are looked at; for accounts that see more customers than fit at the top of a page.

  <customers action="/customers" total="1,234" first="1" last="50" page="1" pages="25" per-page="50" all="1">
    <field name="q" value="" error="" max="100"/>
    <hidden name="back" value="/requests/new"/>            where to go on; absent: the start page
    <pager …/>                                             components.xsl
    <customer id="102" text="102:TC1000-00009:株式会社…" current="1"/>…
  </customers>
    all: all customers are looked at now, or there is only one; ask: all are, and one of them could be asked for things
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:simportal:message"
    exclude-result-prefixes="m">

  <xsl:template name="page.customers">
    <xsl:if test="@ask"><p class="notice info"><m:text key="request.choose-customer"/></p></xsl:if>
    <form class="card stack" method="get" action="{@action}" novalidate="novalidate">
      <xsl:call-template name="hiddens"/>
      <p class="lead"><m:text key="customers.lead"/></p>
      <xsl:call-template name="field">
        <xsl:with-param name="field" select="field[@name = 'q']"/>
        <xsl:with-param name="label" m:select="customers.search"/>
        <xsl:with-param name="hint" m:select="form.partial"/>
      </xsl:call-template>
      <p class="buttons"><button class="primary"><m:text key="list.search"/></button></p>
    </form>
    <form method="post" action="/customer">
      <xsl:call-template name="csrf"/>
      <xsl:call-template name="hiddens"/>
      <xsl:if test="not(@all)">
        <p class="buttons"><button name="customer_id" value="0"><m:text key="customers.all"/></button></p>
      </xsl:if>
      <div class="tools">
        <p class="found"><m:text key="customers.found"><m:arg name="n" select="@total"/></m:text></p>
      </div>
      <xsl:choose>
        <xsl:when test="customer">
          <ul class="choices">
            <xsl:for-each select="customer">
              <li>
                <button class="plain" name="customer_id" value="{@id}"><xsl:value-of select="@text"/></button>
                <xsl:if test="@current"><span><m:text key="customers.current"/></span></xsl:if>
              </li>
            </xsl:for-each>
          </ul>
        </xsl:when>
        <xsl:otherwise><div class="empty"><p><m:text key="customers.none"/></p></div></xsl:otherwise>
      </xsl:choose>
    </form>
    <div class="tools"><xsl:apply-templates select="pager"/></div>
  </xsl:template>

</xsl:stylesheet>
