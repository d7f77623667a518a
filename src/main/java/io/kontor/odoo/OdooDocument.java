package io.kontor.odoo;

/** What is brought into Odoo: known there by an external id, and of one company. */
interface OdooDocument {

  String externalId();

  OdooCompany company();
}
