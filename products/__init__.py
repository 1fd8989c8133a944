"""What a business offers and needs: categories, businesses, products, needs, catalogue, import, links."""
