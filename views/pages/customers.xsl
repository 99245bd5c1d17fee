<?xml version="1.0" encoding="UTF-8"?>
<!--
  customers: choose whose SIMs are looked at; for accounts that see more customers than fit at the top of a page.

  <customers action="/customers" total="1,234" first="1" last="50" page="1" pages="25" per-page="50" all="1">
    <field name="q" value="" error="" max="100"/>
    <pager …/>                                             components.xsl
    <customer id="102" text="102:TC1000-00009:株式会社…" current="1"/>…
  </customers>
    all: all customers are looked at now
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:simportal:message"
    exclude-result-prefixes="m">

  <xsl:template name="page.customers">
    <form class="card stack" method="get" action="{@action}" novalidate="novalidate">
      <p class="lead"><m:text key="customers.lead"/></p>
      <xsl:call-template name="field">
        <xsl:with-param name="field" select="field[@name = 'q']"/>
        <xsl:with-param name="label"><m:text key="customers.search"/></xsl:with-param>
        <xsl:with-param name="hint"><m:text key="form.partial"/></xsl:with-param>
      </xsl:call-template>
      <p class="buttons"><button class="primary"><m:text key="list.search"/></button></p>
    </form>
    <xsl:if test="not(@all)">
      <form method="post" action="/customer">
        <xsl:call-template name="csrf"/>
        <input type="hidden" name="customer_id" value="0"/>
        <p><button><m:text key="customers.all"/></button></p>
      </form>
    </xsl:if>
    <div class="tools">
      <p class="found"><m:text key="list.found"><m:arg name="n" select="@total"/></m:text></p>
      <xsl:apply-templates select="pager"/>
    </div>
    <xsl:choose>
      <xsl:when test="customer">
        <div class="scroll">
          <table class="lines">
            <tbody><xsl:apply-templates select="customer" mode="customers"/></tbody>
          </table>
        </div>
      </xsl:when>
      <xsl:otherwise><div class="empty"><p><m:text key="customers.none"/></p></div></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="customer" mode="customers">
    <tr>
      <td><xsl:value-of select="@text"/></td>
      <td>
        <form method="post" action="/customer">
          <xsl:call-template name="csrf"/>
          <input type="hidden" name="customer_id" value="{@id}"/>
          <button m:aria-label="customers.choose"><m:text key="customers.choose"/></button>
        </form>
      </td>
    </tr>
  </xsl:template>

  <xsl:template match="customer[@current]" mode="customers">
    <tr aria-current="true"><td><xsl:value-of select="@text"/></td><td><m:text key="customers.current"/></td></tr>
  </xsl:template>

</xsl:stylesheet>
